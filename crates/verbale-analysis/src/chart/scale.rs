//! Axes: round numbers and round dates.

use jiff::civil::Date;

/// A linear scale from data to a length, with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub(super) min: f64,
    pub(super) max: f64,
    /// Value and label.
    pub(super) ticks: Vec<(f64, String)>,
}

impl Scale {
    /// Where `value` lies between the ends, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let span = self.max - self.min;
        if span > 0.0 {
            ((value - self.min) / span).clamp(0.0, 1.0)
        } else {
            0.5
        }
    }

    /// A scale of numbers from zero, or from below the smallest where the numbers lie close together far from it.
    pub(super) fn of_numbers(values: &[f64]) -> Self {
        let (low, high) = ends(values);
        let start = if low < 0.0 || (low > 0.0 && (high - low) < 0.2 * high && high > low) {
            low
        } else {
            0.0
        };
        let end = if high > start { high } else { start + 1.0 };
        let is_count = values.iter().all(|v| v.fract() == 0.0);
        let step = round_step((end - start) / 5.0).max(if is_count { 1.0 } else { 0.0 });
        let (mut min, mut max) = ((start / step).floor() * step, (end / step).ceil() * step);
        if min > 0.0 {
            // Where the axis does not begin at zero, a mark on its edge would look like nothing, or everything.
            min = if low - min < 0.1 * step {
                min - step
            } else {
                min
            };
            max = if max - high < 0.1 * step {
                max + step
            } else {
                max
            };
        }
        let n = ((max - min) / step).round() as usize;
        let ticks = (0..=n.min(20))
            .map(|i| min + step * i as f64)
            .map(|v| (v, number(v, step)))
            .collect();
        Self { min, max, ticks }
    }

    /// A scale of days (numbered by [`day_number`]).
    pub(super) fn of_days(days: &[Date]) -> Option<Self> {
        let (first, last) = (days.iter().min().copied()?, days.iter().max().copied()?);
        let span = day_number(last) - day_number(first);
        if span == 0.0 {
            // One day stands in the middle of the axis.
            let day = day_number(first);
            let ticks = vec![(day, Unit::Days(1).label(first))];
            return Some(Self {
                min: day - 1.0,
                max: day + 1.0,
                ticks,
            });
        }
        let unit = Unit::for_span(span);
        let mut ticks: Vec<(f64, String)> = Vec::new();
        let mut at = unit.floor(first);
        while let Some(tick) = at.filter(|_| ticks.len() < 40) {
            ticks.push((day_number(tick), unit.label(tick)));
            if tick >= last {
                break;
            }
            at = unit.next(tick);
        }
        let min = ticks.first().map_or(day_number(first), |t| t.0);
        let max = ticks
            .last()
            .map_or(day_number(last), |t| t.0)
            .max(min + 1.0);
        Some(Self { min, max, ticks })
    }
}

/// Days since the year 1.
pub(super) fn day_number(day: Date) -> f64 {
    let since = day.since(Date::constant(1, 1, 1)).map(|s| s.get_days());
    f64::from(since.unwrap_or_default())
}

fn ends(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

/// The smallest of 1, 2, 5, 10, … that is not below `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps
        .iter()
        .map(|s| s * power)
        .find(|s| *s >= step * 0.999)
        .unwrap_or(10.0 * power)
}

fn number(value: f64, step: f64) -> String {
    let decimals = if step >= 1.0 {
        0
    } else {
        (-step.log10().floor()).clamp(0.0, 8.0) as usize
    };
    let plain = format!("{value:.decimals$}");
    plain.parse().map_or(plain, crate::grouped)
}

/// The distance of the ticks of a time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days(i32),
    Months(i32),
    Years(i32),
}

impl Unit {
    fn for_span(days: f64) -> Self {
        match days {
            d if d <= 8.0 => Self::Days(1),
            d if d <= 20.0 => Self::Days(3),
            d if d <= 50.0 => Self::Days(7),
            d if d <= 200.0 => Self::Months(1),
            d if d <= 600.0 => Self::Months(3),
            d if d <= 1200.0 => Self::Months(6),
            d => Self::Years((d / 365.0 / 8.0).ceil().max(1.0) as i32),
        }
    }

    /// The last tick that is not after `day`.
    fn floor(self, day: Date) -> Option<Date> {
        match self {
            Self::Days(_) => Some(day),
            Self::Months(n) => {
                let month = (i32::from(day.month()) - 1) / n * n + 1;
                Date::new(day.year(), i8::try_from(month).ok()?, 1).ok()
            }
            Self::Years(n) => {
                let n = i16::try_from(n).ok()?;
                Date::new(day.year().div_euclid(n) * n, 1, 1).ok()
            }
        }
    }

    fn next(self, day: Date) -> Option<Date> {
        let step = match self {
            Self::Days(n) => jiff::Span::new().try_days(n),
            Self::Months(n) => jiff::Span::new().try_months(n),
            Self::Years(n) => jiff::Span::new().try_years(n),
        };
        day.checked_add(step.ok()?).ok()
    }

    fn label(self, day: Date) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let month = MONTHS[usize::from(day.month().unsigned_abs().clamp(1, 12)) - 1];
        match self {
            Self::Days(_) => format!("{} {month} {}", day.day(), day.year()),
            Self::Months(_) => format!("{month} {}", day.year()),
            Self::Years(_) => day.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(scale: &Scale) -> String {
        scale
            .ticks
            .iter()
            .map(|t| t.1.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn number_ticks_are_round() {
        assert_eq!(
            labels(&Scale::of_numbers(&[15.0, 17.0, 11.0])),
            "0 5 10 15 20"
        );
        assert_eq!(
            labels(&Scale::of_numbers(&[1000.0, 11490.0, 30000.0])),
            "0 10,000 20,000 30,000"
        );
        assert_eq!(labels(&Scale::of_numbers(&[0.9, 2.4])), "0 0.5 1 1.5 2 2.5");
        assert_eq!(labels(&Scale::of_numbers(&[41.0, 43.0])), "40 41 42 43 44");
        assert_eq!(labels(&Scale::of_numbers(&[])), "0 1");
    }

    #[test]
    fn day_ticks_are_round() {
        let scale = Scale::of_days(&[date(2018, 12, 31), date(2020, 1, 23)]).unwrap();
        assert_eq!(
            labels(&scale),
            "Oct 2018 Jan 2019 Apr 2019 Jul 2019 Oct 2019 Jan 2020 Apr 2020"
        );
        let week = Scale::of_days(&[date(2024, 4, 2), date(2024, 4, 4)]).unwrap();
        assert_eq!(labels(&week), "2 Apr 2024 3 Apr 2024 4 Apr 2024");
        assert!(Scale::of_days(&[]).is_none());
    }
}
