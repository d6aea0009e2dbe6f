"""The facts as tables for others: CSV with CSVW metadata, Parquet."""
