package bellframe.api;

/// The input cannot be read as the model says, or breaks one of its constraints; the caller answers 400.
///
/// The message names the member and the rule, never the value of a sensitive member.
public final class InvalidInput extends RuntimeException {

    public InvalidInput(String message) {
        super(message, null, false, false);
    }
}
