"""Prints the 13 columns of fastai's add_datepart for some dates, as pandas gives them.

python date_parts.py: the lines stand in Tests/DataPipelineTests/Tables/DatePartsTests.swift.
"""
import pandas as pd

DATES = ["1970-01-01", "1999-12-31", "2000-02-29", "2012-12-31", "2013-01-01", "2015-07-31",
         "2016-02-29", "2016-12-31", "2017-01-01", "2020-04-01", "2021-01-03", "2021-06-30",
         "2024-09-30", "1969-07-20", "1900-02-28"]
PARTS = ["month_end", "month_start", "quarter_end", "quarter_start", "year_end", "year_start"]

print("pandas", pd.__version__)
dates = pd.to_datetime(pd.Series(DATES))
for text, d in zip(DATES, dates):
    values = [d.year, d.month, d.isocalendar().week, d.day, d.day_of_week, d.day_of_year]
    values += [int(getattr(d, "is_" + p)) for p in PARTS]
    values.append(int(d.timestamp()))
    print(f'("{text}", {values}),')
