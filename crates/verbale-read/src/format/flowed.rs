//! Mail text whose lines were wrapped for sending (`format=flowed`), put back into paragraphs.
//!
//! A line that ends in a blank goes on in the next one, as long as both are quoted to the same depth. The
//! signature's mark `-- ` ends no line of prose, though it ends in a blank.
//!
//! Source: RFC 3676, sections 4.1 to 4.5.

/// The text with each paragraph on one line; `del_sp` says that the blank at a soft break is none of the
/// text's, as in scripts that part no words.
pub(super) fn unwrap(text: &str, del_sp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the line that goes on.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|&b| b == b'>').count();
        let words = &line[depth..];
        // A blank was put before what could be taken for a quotation mark or a mailbox line.
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        let goes_on = open == Some(depth) && !is_signature;
        if !goes_on {
            if open.is_some() {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 && !words.is_empty() {
                out.push(' ');
            }
        }
        let is_soft = words.ends_with(' ') && !is_signature;
        out.push_str(if is_soft && del_sp {
            &words[..words.len() - 1]
        } else {
            words
        });
        if is_soft {
            open = Some(depth);
        } else {
            out.push('\n');
            open = None;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_are_joined_and_hard_ones_stay() {
        let sent = "The ferry came \nback to port \non Monday.\n\nIt left in May.\n";
        assert_eq!(
            unwrap(sent, false),
            "The ferry came back to port on Monday.\n\nIt left in May.\n"
        );
    }

    #[test]
    fn quotations_of_another_depth_and_signatures_are_not_joined() {
        let sent = ">> Where was \n>> the ferry? \n> In Orn, \n> they say. \nThanks.\n-- \nAna\n";
        assert_eq!(
            unwrap(sent, false),
            ">> Where was the ferry? \n> In Orn, they say. \nThanks.\n-- \nAna\n"
        );
    }

    #[test]
    fn blanks_put_in_for_sending_go() {
        assert_eq!(unwrap(" From the port\n", false), "From the port\n");
        assert_eq!(unwrap("渡船已 \n返回\n", true), "渡船已返回\n");
        assert_eq!(unwrap("", false), "");
        assert_eq!(unwrap("cut off ", false), "cut off ");
    }
}
