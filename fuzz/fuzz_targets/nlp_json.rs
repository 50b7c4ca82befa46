#![no_main]
libfuzzer_sys::fuzz_target!(|input: &[u8]| verbale_nlp::fuzz::json(input));
