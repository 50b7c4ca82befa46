#![no_main]
libfuzzer_sys::fuzz_target!(|input: &str| verbale_nlp::fuzz::config(input));
