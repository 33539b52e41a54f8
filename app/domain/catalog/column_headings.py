"""What a column of a parts list can be, and the words people use for it.

The table is data: English and German headings as ERP systems and people write them, in folded form
(`heading_text.fold_heading`): lower case, umlauts as two letters, punctuation as spaces.
"""

from __future__ import annotations

from enum import StrEnum


class ColumnField(StrEnum):
    """What the cells of a column mean."""

    # parts
    NUMBER = "number"
    FILE = "file"
    NAME = "name"
    USED_IN = "used_in"
    QUANTITY = "quantity"  # pieces of the part in one product
    MATERIAL = "material"
    CRITICALITY = "criticality"  # its words tell whether consequence or supply is meant
    CONSEQUENCE_CLASS = "consequence_class"
    SUPPLY_CRITICALITY = "supply_criticality"
    PRICE = "price"
    PRICE_UNIT = "price_unit"
    CURRENCY = "currency"
    MINIMUM_ORDER = "minimum_order"
    LEAD_TIME = "lead_time"
    STOCK = "stock"
    SAFETY_STOCK = "safety_stock"
    OPEN_ORDERS = "open_orders"
    LAST_ORDER = "last_order"
    PRODUCTION_END = "production_end"
    SUPPLIER = "supplier"
    SUCCESSOR = "successor"
    PLANT = "plant"
    NOTE = "note"
    DEMAND = "demand"  # one calendar month of demand
    # products
    PRODUCT = "product"
    PRODUCT_GROUP = "product_group"
    INTRODUCTION = "introduction"
    LAST_PRODUCED = "last_produced"
    LAST_PLACED = "last_placed"
    END_OF_SERVICE = "end_of_service"
    INSTALLED_BASE = "installed_base"
    FAILURE_RATE = "failure_rate"

    IGNORED = "ignored"


PRODUCT_FIELDS = frozenset(
    {
        ColumnField.PRODUCT,
        ColumnField.PRODUCT_GROUP,
        ColumnField.INTRODUCTION,
        ColumnField.LAST_PRODUCED,
        ColumnField.LAST_PLACED,
        ColumnField.END_OF_SERVICE,
        ColumnField.INSTALLED_BASE,
        ColumnField.FAILURE_RATE,
        ColumnField.NOTE,
        ColumnField.IGNORED,
    }
)
PART_FIELDS = (frozenset(ColumnField) - PRODUCT_FIELDS) | {ColumnField.NOTE, ColumnField.IGNORED}

REPEATABLE = frozenset({ColumnField.SUPPLIER, ColumnField.DEMAND, ColumnField.IGNORED})

_F = ColumnField


def _words(table: dict[ColumnField, str]) -> dict[ColumnField, tuple[str, ...]]:
    return {field: tuple(words.split(" | ")) for field, words in table.items()}


# Words that mean one thing only.
PART_HEADINGS = _words(
    {
        _F.NUMBER: (
            "part no | part number | part nr | partno | part num | part id | p n | pn | spare "
            "part no | spare part number | material no | material number | material nr | "
            "materialnr | materialno | materialnummer | matnr | mat nr | mat no | teilenummer | "
            "teilenr | teile nr | teil nr | teilnummer | ersatzteilnummer | ersatzteilnr | "
            "ersatzteil nr | sap number | sap no | sap nr | sap nummer | sap materialnummer | "
            "artikelnummer | artikelnr | artikel nr | art nr | artnr | article number | article "
            "no | item number | item no | item nr | item id | item code | sachnummer | sach nr "
            "| sachnr | ident nr | identnummer | identnr | bestellnummer | bestell nr | order "
            "number | sku | number | nummer | part code | material code | product number"
        ),
        _F.FILE: (
            "file | file name | filename | cad file | cad datei | datei | dateiname | "
            "modelldatei | model file | 3d datei | 3d file | 3d model | 3d modell | stl | stl "
            "file | stl datei | step | step file | step datei | geometrie | geometry | "
            "geometriedatei | geometry file | cad | cad modell | cad model | zeichnungsdatei"
        ),
        _F.NAME: (
            "description | part description | material description | short text | name | part "
            "name | item description | item name | article description | designation | title | "
            "materialkurztext | kurztext | bezeichnung | bez | "
            "teilebez | benennung | teilebezeichnung | "
            "teilebenennung | artikelbezeichnung | materialbezeichnung | beschreibung | titel | "
            "artikelname | teilename | materialtext | object description | objektkurztext"
        ),
        _F.USED_IN: (
            "used in | where used | used on | used by | verwendung in | verwendung | verwendet "
            "in | verwendungsnachweis | product | produkt | products | produkte | fits | "
            "passend fuer | passt zu | models | modelle | baureihe | geraet | machine | "
            "maschine | geraetetyp | maschinentyp | "
            "assembly | baugruppe | product name | produktname | endgeraet | end "
            "product | endprodukt | erzeugnis"
        ),
        _F.QUANTITY: (
            "qty per product | quantity per product | qty per unit | quantity per unit | qty | "
            "quantity | menge | menge pro produkt | menge je produkt | anzahl je produkt | "
            "anzahl pro produkt | menge je geraet | menge pro geraet | stueck je geraet | "
            "stueck pro geraet | anzahl je geraet | anzahl | einbaumenge | komponentenmenge | "
            "pieces per product | pcs per product | stueck je produkt | stueck pro produkt"
        ),
        _F.MATERIAL: (
            "werkstoff | material grade | raw material | werkstoffbezeichnung | rohstoff | "
            "werkstoff nr | werkstoffnummer | grundwerkstoff | material type | materialart | "
            "made of | substance"
        ),
        _F.CRITICALITY: ("criticality | kritikalitaet | criticality class | kritikalitaetsklasse"),
        _F.CONSEQUENCE_CLASS: (
            "consequence class | consequence | failure consequence | schadensfolge | "
            "schadensfolgeklasse | ausfallfolge | ausfallfolgeklasse | risk class | "
            "risikoklasse | safety class | sicherheitsklasse"
        ),
        _F.SUPPLY_CRITICALITY: (
            "supply criticality | ved | ved class | ved klasse | versorgungskritikalitaet | "
            "ersatzteilkritikalitaet | supply class"
        ),
        _F.PRICE: (
            "preis netto | netto preis | ek preis netto | "
            "einkaufspreis netto | ek | price net | preis pro stueck | preis je stueck | "
            "unit price | price | preis | stueckpreis | einzelpreis | purchase price | "
            "einkaufspreis | ek preis | nettopreis | net price | standard price | standardpreis "
            "| moving average price | gleitender durchschnittspreis | gld preis | unit cost | "
            "cost | kosten | stueckkosten | list price | listenpreis | bewertungspreis | price "
            "each"
        ),
        _F.PRICE_UNIT: (
            "price unit | preiseinheit | price per | preis per | preis je | pe | per | "
            "preismenge | price quantity"
        ),
        _F.CURRENCY: "currency | waehrung | waehrg | curr | waehrungsschluessel",
        _F.MINIMUM_ORDER: (
            "moq | minimum order quantity | minimum order | min order | min order qty | minimum "
            "order qty | mindestbestellmenge | mindestmenge | mindestabnahme | "
            "mindestabnahmemenge | mindestlosgroesse | minimum lot size | min bestellmenge | "
            "mbm"
        ),
        _F.LEAD_TIME: (
            "lead time | leadtime | delivery time | replenishment lead time | wbz | "
            "wiederbeschaffungszeit | lieferzeit | planlieferzeit | planned delivery time | "
            "beschaffungszeit | procurement time | gesamtwiederbeschaffungszeit"
        ),
        _F.STOCK: (
            "stock | on hand | stock on hand | inventory | qty on hand | quantity on hand | "
            "bestand | lagerbestand | verfuegbarer bestand | frei verwendbar | freier bestand | "
            "frei verwendbarer bestand | unrestricted | unrestricted stock | available stock | "
            "current stock | aktueller bestand | stock qty | stock quantity | lagermenge | "
            "gesamtbestand | total stock | bestandsmenge | bestand gesamt | lagerbestand gesamt"
        ),
        _F.SAFETY_STOCK: (
            "safety stock | sicherheitsbestand | mindestbestand | minimum stock | min stock | "
            "meldebestand | reorder point"
        ),
        _F.OPEN_ORDERS: (
            "open orders | open order | on order | open purchase orders | offene bestellungen | "
            "offene bestellmenge | bestellt | bestellbestand | open order qty | qty on order"
        ),
        _F.LAST_ORDER: (
            "last order date | last order | last time buy | last time buy date | ltb | ltb date "
            "| last buy | last buy date | letzte bestellung | letzter bestelltermin | letztes "
            "bestelldatum | letzte bestellmoeglichkeit | letzter bestelltag | bestellbar bis | "
            "letzte bestellmoeglichkeit bis | "
            "last date of order | orderable until | letztbestellung | letzte bestellung bis | "
            "end of order | lod"
        ),
        _F.PRODUCTION_END: (
            "end of production | production end | eop | produktionsende | ende der produktion | "
            "fertigungsende | serienende | end of series | serienauslauf | auslaufdatum | "
            "auslauftermin | discontinued on | discontinuation date | "
            "phase out | phase out date | end of life | eol | eol date | abkuendigung | "
            "abgekuendigt zum | last production | production until | produktion bis"
        ),
        _F.SUPPLIER: (
            "supplier | supplier name | vendor | vendor name | lieferant | lieferantenname | "
            "hersteller | manufacturer | main supplier | hauptlieferant | second source | "
            "second supplier | zweitlieferant | alternative supplier | source of supply | "
            "bezugsquelle | kreditor | name des lieferanten | supplier primary"
        ),
        _F.SUCCESSOR: (
            "successor | successor part | replaced by | superseded by | replacement | "
            "replacement part | follow up material | nachfolger | nachfolgeteil | "
            "nachfolgematerial | ersetzt durch | nachfolgenummer | nachfolgeartikel"
        ),
        _F.PLANT: (
            "plant | werk | site | standort | storage location | lagerort | location | "
            "warehouse | lager | werk lagerort"
        ),
        _F.NOTE: (
            "note | notes | remark | remarks | comment | comments | bemerkung | bemerkungen | "
            "anmerkung | anmerkungen | kommentar | hinweis | notiz"
        ),
    }
)

# Words that mean one of several things; other columns and the values decide, in this order.
DOUBTFUL_PART_HEADINGS: dict[str, tuple[ColumnField, ...]] = {
    "material": (_F.NUMBER, _F.MATERIAL),
    "part": (_F.NUMBER, _F.NAME),
    "parts": (_F.NUMBER, _F.NAME),
    "teil": (_F.NUMBER, _F.NAME),
    "teile": (_F.NUMBER, _F.NAME),
    "spare part": (_F.NUMBER, _F.NAME),
    "ersatzteil": (_F.NUMBER, _F.NAME),
    "article": (_F.NUMBER, _F.NAME),
    "artikel": (_F.NUMBER, _F.NAME),
    "item": (_F.NUMBER, _F.NAME),
    "component": (_F.NUMBER, _F.NAME),
    "komponente": (_F.NUMBER, _F.NAME),
    "id": (_F.NUMBER,),
    "nr": (_F.NUMBER,),
    "no": (_F.NUMBER,),
    "code": (_F.NUMBER,),
    "ident": (_F.NUMBER,),
    "discontinued": (_F.PRODUCTION_END,),
    "auslauf": (_F.PRODUCTION_END,),
    "abgekuendigt": (_F.PRODUCTION_END,),
    "text": (_F.NAME,),
    "model": (_F.FILE, _F.USED_IN),
    "modell": (_F.FILE, _F.USED_IN),
}

PRODUCT_HEADINGS = _words(
    {
        _F.PRODUCT: (
            "product | product name | produkt | produktname | model | modell | model name | "
            "modellname | series | serie | baureihe | geraet | geraetetyp | machine | maschine "
            "| product model | type | typ"
        ),
        _F.PRODUCT_GROUP: (
            "group | product group | gruppe | produktgruppe | warengruppe | category | "
            "kategorie | product category | product type | produktart | produkttyp"
        ),
        _F.INTRODUCTION: (
            "first unit | introduction | introduced | introduction date | market introduction | "
            "launch | launch date | start of production | sop | first placed on market | first "
            "unit placed on market | erste einheit | markteinfuehrung | einfuehrung | "
            "einfuehrungsdatum | produktionsstart | serienstart | erstes inverkehrbringen | "
            "produktionsbeginn | erstes geraet"
        ),
        _F.LAST_PRODUCED: (
            "last produced | last unit produced | end of production | production end | eop | "
            "produktionsende | ende der produktion | fertigungsende | serienende | letzte "
            "produktion | zuletzt produziert | last production | letztes geraet produziert"
        ),
        _F.LAST_PLACED: (
            "last unit placed on market | last placed on market | last placed | last unit "
            "placed | last unit | last sold | last unit sold | end of sale | end of sales | eos "
            "date | letzte einheit | letztes inverkehrbringen | zuletzt in verkehr gebracht | "
            "letzte einheit in verkehr gebracht | verkaufsende | vertriebsende | letzter "
            "verkauf | last unit placed on the market | last placed on the market"
        ),
        _F.END_OF_SERVICE: (
            "end of service | end of support | service end | service until | support until | "
            "serviceende | service ende | ende des service | service bis | supportende | ende "
            "der ersatzteilversorgung | ersatzteilversorgung bis | spare parts until | end of "
            "spare parts supply | nachserienende | end of repair"
        ),
        _F.INSTALLED_BASE: (
            "installed base | units in use | units in field | fleet size | active units | "
            "installierte basis | feldbestand | geraete im feld | im feld | anzahl im feld | "
            "installierte geraete | units installed | in field"
        ),
        _F.FAILURE_RATE: (
            "annual failure rate | failure rate | afr | jaehrliche ausfallrate | ausfallrate | "
            "failure rate per year | ausfallrate pro jahr | ausfallrate pa | failures per year "
            "| ausfallrate p a"
        ),
        _F.NOTE: "note | notes | remark | remarks | comment | bemerkung | anmerkung",
    }
)

# Words in a first column that mark a line of totals, not a part.
TOTALS = frozenset(
    {"total", "totals", "sum", "grand total", "summe", "gesamt", "gesamtsumme", "zwischensumme"}
)
