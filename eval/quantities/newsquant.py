#!/usr/bin/env python3
"""newsquant.py < ROWS.jsonl > PRED.jsonl

Renames what `verbale read --as-is FILE --stage quantities` prints to the conventions of NewsQuant, so that
`score_quantities.py` can compare them. The conventions are the set's, not the product's:
- units have British names in the singular, a counted noun is its own unit with its adjectives;
- a range is "low-high", and so are the two ends of a move ("fell from A to B");
- a vague plural is the run to the next power of ten ("hundreds": 100-1000);
- numbers carry one sign: up, down, >, <, ~ or =.
"""
import json
import sys

UNITS = {
    "%": "percentage", "pp": "percentage point", "bp": "basis point",
    "USD": "dollar", "US cents": "cent", "EUR": "euro", "GBP": "pound sterling", "GBP pence": "point", "JPY": "japanese yen",
    "CNY": "chinese yuan", "HKD": "hong kong dollar", "AUD": "australian dollar", "CAD": "canadian dollar",
    "CHF": "swiss franc", "ILS": "shekel", "DKK": "danish krone", "MYR": "malaysian ringgit", "MYR sen": "sen",
    "HRK": "croatian kuna", "FIM": "finnish markka", "NLG": "netherlands guilde", "ESP": "peseta",
    "mm": "millimetre", "cm": "centimetre", "dm": "decimetre", "m": "metre", "km": "kilometre", "µm": "micrometre",
    "nm": "nanometre", "in": "inch", "ft": "foot", "yd": "yard", "mi": "mile", "ly": "light year",
    "ha": "hectare", "L": "litre", "mL": "millilitre", "gal": "gallon", "pt": "pint", "qt": "quart", "fl oz": "ounce",
    "bbl": "barrel", "tbsp": "tablespoon", "tsp": "teaspoon",
    "mg": "milligram", "µg": "microgram", "g": "gram", "kg": "kilogram", "t": "metric ton", "lb": "pound-mass", "oz": "ounce",
    "mph": "mile per hour", "km/h": "kilometre per hour", "kn": "knot", "rpm": "revolutions per minute",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "kWh": "kilowatt hour", "MWh": "megawatt hour",
    "GWh": "gigawatt hour", "mAh": "milliampere-hour", "hp": "horsepower", "PS": "horsepower", "p": "point", "hr": "hour", "ms": "millisecond", "gramme": "gram", "mmbtu": "mega british thermal unit", "bhp": "brake horsepower",
    "V": "volt", "A": "ampere", "F": "farad", "Hz": "hertz", "dB": "decibel", "Nm": "newton metre", "lb-ft": "pound-foot",
    "GPa": "gigapascal", "Mb": "megabit", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "MP": "megapixel", "°C": "celsius", "°F": "fahrenheit", "°": "degree", "rad": "radian",
    "ppm": "parts-per-million", "ppb": "parts-per-billion", "mpg": "mile per gallon", "min": "minute", "h": "hour", "s": "second",
    "centuries": "century",
}
POWERS = {"dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}


def name(unit):
    if unit in UNITS:
        return UNITS[unit]
    for power, word in (("²", "square "), ("³", "cubic ")):
        if unit.endswith(power):
            return word + name(unit[:-1])
    return unit


def singular(unit):
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit


def singular_name(phrase):
    """Names keep their plural as dictionary form."""
    return singular(phrase) if phrase and phrase.split()[-1][0].isupper() else phrase


def unit_of(row):
    unit = row["unit"]
    if row["nature"] == "age":
        return (singular(unit) if unit and unit in ("days", "weeks", "months", "years") else "year") + " of age"
    if row["nature"] == "share":
        return "% " + (row["phrase"] or "-")
    if row["nature"] == "factor":
        return "count"
    if row["nature"] == "count":
        unit = singular_name(row["phrase"])
    elif unit and row["nature"] == "duration":
        unit = name(unit) if unit in UNITS else singular(unit)
    elif unit:
        unit = name(unit)
    if not unit:
        return "-"
    return f"{unit} per {name(row['per'])}" if row["per"] else unit


def value_of(row):
    if row["value"] is not None:
        return float(row["value"])
    if row["high"] is not None:
        return [float(row["low"]), float(row["high"])]
    words = row["number"].lower().replace("several ", "").replace("a few ", "").split()
    low = 1
    for word in words:
        low *= POWERS.get(word if word.endswith("s") else word + "s", 1)
    return [low, low * 10]


def change_of(row):
    hedge = (row["approximator"] or "").lower()
    about = hedge in ("about", "around", "roughly", "approximately", "~")
    if row["pair"] is None and row["change"] and not about and row["low"] is None:
        return row["change"]
    if row["value"] is None or row["nature"] == "share":
        return "~" if about or row["nature"] == "share" and hedge else "="
    if row["low"] is not None:
        return ">"
    if row["high"] is not None:
        return "=" if hedge in ("nearly", "almost", "as many as", "as much as", "close to") else "<"
    return "~" if hedge and hedge not in ("only", "just", "merely", "a mere", "exactly", "a total of", "all") else "="


def wanted(row):
    wordy = not any(c.isdigit() for c in row["number"])
    return not (row["nature"] == "bare" and (row["in_date"] or wordy))


def main():
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    skip = False
    for row, after in zip(rows, rows[1:] + [None]):
        if skip:
            skip = False
            continue
        if not wanted(row):
            continue
        value = value_of(row)
        if row["pair"] == "from" and value is not None and after and after["pair"] == "to" and after["doc_id"] == row["doc_id"]:
            value, skip = [row["value"], after["value"]], True
        if isinstance(value, list):
            value = [float(v) for v in value]
        print(json.dumps({"doc_id": row["doc_id"], "value": value, "normalized_unit": unit_of(row), "change": change_of(row), "text": row["text"]}))


if __name__ == "__main__":
    main()
