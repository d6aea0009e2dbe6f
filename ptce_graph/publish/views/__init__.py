"""The dataset in the words of others: ESSglobal, schema.org, Murmurations."""
