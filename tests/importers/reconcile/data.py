"""A small folder of invented organisations, two documents, some of them told twice."""

from __future__ import annotations

HEAD = "id,name,alt_names,kind,legal_form,place,website,siren,siret,rna,section,lines"

#: Two numbers that pass their check (Luhn), of nobody in particular.
SIREN, OTHER_SIREN = "100000009", "100000017"

REGISTER = [
    f"siren-{SIREN},ASSOCIATION BOVAMI INSERTION,,,association,niort,,{SIREN},,,List,1",
    f"siren-{OTHER_SIREN},BOVAMI INSERTION,,,association,lille,,{OTHER_SIREN},,,List,2",
    "registre-tulozic,SCIC Tulozic,,,scic,nantes,,,,,List,3",
    "registre-ca-niort,Communauté d'agglomération de Niort,,collectivite,,niort,,,,,List,4",
    "registre-ville,Ville de Niort,,collectivite,,niort,,,,,List,5",
    "registre-radepi,Réseau Radépi,,reseau,,,radepi.example,,,,List,6",
]
MEMBERS = [
    f"liste-bovami,Bovami,,,,,,,{SIREN}00017,,List,1",
    "liste-bovami-insertion,Bovami Insertion,,,,niort,,,,,List,2",
    "liste-tulozique,Tulozic (SCIC),,,,nantes,,,,,List,3",
    "liste-niort-agglo,Niort Agglo,,,,,,,,,List,4",
    "liste-mairie,Mairie de Niort,,,,,,,,,List,5",
    "liste-radepi-bretagne,Radépi Bretagne,,,,bretagne,www.radepi.example/bretagne,,,,List,6",
    "liste-tulozic-lille,Tulozic,,,,lille,,,,,List,7",
]


def folder_in(path, register=REGISTER, members=MEMBERS):
    """Write the folder and return its path."""
    for name, rows in (("registre", register), ("liste", members)):
        source = path / "sources" / name
        source.mkdir(parents=True)
        (source / "source.yml").write_text(
            f"title: {name}\noriginal_file: {name}.csv\nlines: 20\n", encoding="utf-8"
        )
        (source / "organisations.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path
