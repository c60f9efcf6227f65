package bellframe.api;

import org.jspecify.annotations.Nullable;

/// The parts of an HTTP request that bind to members of an operation's input.
///
/// Names are those of the model (`channelArn`, `max-results`, `x-amz-chime-bearer`); path labels and query values are
/// already decoded, once, and no query parameter is there twice.
public interface Input {

    @Nullable
    String label(String name);

    @Nullable
    String query(String name);

    @Nullable
    String header(String name);

    /// The body's bytes as received; empty when there is none.
    byte[] body();
}
