use super::*;

fn written(date: Date) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = date.civil();
    let zone = date
        .offset
        .map_or("none".into(), |offset| offset.to_string());
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} {zone}")
}

#[test]
fn dates_are_read_in_all_forms() {
    let check = |input: &str, expected: &str| {
        let got = read(input).map(written);
        assert_eq!(got.as_deref().unwrap_or("none"), expected, "{input}");
    };
    check(
        "Tue, 28 Feb 2023 07:51:02 +0000 (UTC)",
        "2023-02-28 07:51:02 0",
    );
    check(" 28 Feb 2023 09:51:02 +0200", "2023-02-28 07:51:02 120");
    check("Tue Feb 28 2023 07:51:00 GMT+0000", "2023-02-28 07:51:00 0");
    check(
        "Tue Feb 28 2023 07:51:00 GMT+0100 (Central European Standard Time)",
        "2023-02-28 06:51:00 60",
    );
    check(
        "Tue, 28 November 2023 04:09:16 +0000",
        "2023-11-28 04:09:16 0",
    );
    check(
        "Sun, 22 Apr 2018 02:54:16.987 +0000",
        "2018-04-22 02:54:16 0",
    );
    check(
        "2023-06-23 17:18:03.203456789 +0000 UTC m=+186912.123",
        "2023-06-23 17:18:03 0",
    );
    check("2023-06-23T17:18:03Z", "2023-06-23 17:18:03 0");
    check("2023-06-23T17:18:03.5+02:00", "2023-06-23 15:18:03 120");
    check("Fri Feb 07 10:18:12 2003 -0800", "2003-02-07 18:18:12 -480");
    check("Fri Sep 14 14:36:56 EDT 2018", "2018-09-14 18:36:56 -240");
    check("Sun Nov 13 14:50:12 2005", "2005-11-13 14:50:12 none");
    check("Wed, 26 Mar 03 20:43:24 -0600", "2003-03-27 02:43:24 -360");
    check("Thu, 1 Jan 98 00:00:00 GMT", "1998-01-01 00:00:00 0");
    check("12-Mar-2024 08:14:03 +0100", "2024-03-12 07:14:03 60");
    check("3 Jul 2002 15:43:50 UT", "2002-07-03 15:43:50 0");
    check("17 Jan 2011 08:23:27 -0800 PST", "2011-01-17 16:23:27 -480");
    check("30 Apr 2003 15:06:29", "2003-04-30 15:06:29 none");
    check(
        "id BQB0hUH2 Thu, 20 Feb 2003 16:13:20 -0700 (PST)",
        "2003-02-20 23:13:20 -420",
    );
    check("Tue, 12 Mar 2024 08:14 +0100", "2024-03-12 07:14:00 60");
    check("Sep 4 2023 1:36:18 PM", "2023-09-04 13:36:18 none");
    check("Sat, 8 Feb 2003 12:05:00 AM", "2003-02-08 00:05:00 none");
    check("29 Feb 2024 23:59:60 +0000", "2024-03-01 00:00:00 0");
    check("Mon, 30 Jun 3609 15:33:50 +0600", "3609-06-30 09:33:50 360");
}

#[test]
fn what_is_no_date_is_none() {
    let check = |input: &str| assert_eq!(read(input), None, "{input}");
    check("");
    check("14:47:44 +0000");
    check("29 Feb 2023 07:51:02 +0000");
    check("32 Mar 2024 08:14:03 +0000");
    check("12 Mar 2024 25:14:03 +0000");
    check("12 Mar 2024");
    check("12 March of 2024 08:14:03");
    check("(12 Mar 2024 08:14:03 +0000)");
    check("99999-99-99 99:99:99");
    check("2024-13-01T00:00:00Z");
    check("Mar");
}

#[test]
fn every_day_is_read_back_as_the_day_that_it_is() {
    for day in (0..2_900_000).step_by(97) {
        let (year, month, day_of_month) = date_of(day);
        let text = format!("{year}-{month:02}-{day_of_month:02}T00:00:00Z");
        assert_eq!(read(&text).unwrap().seconds, day * 86_400, "{text}");
    }
}

#[test]
fn every_zone_has_its_hours() {
    assert_eq!(ZONES.split_whitespace().count(), HOURS.len());
    let check = |zone: &str, hours: i16| assert_eq!(named(zone), Some(hours), "{zone}");
    check("pst", -8);
    check("EDT", -4);
    check("utc", 0);
    check("mez", 1);
    check("eest", 3);
    check("jst", 9);
    check("aedt", 11);
    assert_eq!(named("xyz"), None);
}
