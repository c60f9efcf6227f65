package bellframe.streaming;

import java.util.regex.Pattern;

/// What the ARN of a stream must look like, wherever the stream is.
public final class StreamArn {

    /// AWS takes no stream of another name, so that the service's role can be bounded to such names.
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:kinesis:[^:]+:[^:]+:stream/chime-messaging-.+");

    private StreamArn() {
    }

    /// Whether the text names a stream of Kinesis whose name begins with `chime-messaging-`.
    public static boolean isIn(String text) {
        return ARN.matcher(text).matches();
    }
}
