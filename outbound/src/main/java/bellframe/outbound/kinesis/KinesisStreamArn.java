package bellframe.outbound.kinesis;

import bellframe.names.Account;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ARN of a Kinesis stream that events may be streamed to.
record KinesisStreamArn(String text, Account account, String name) {

    /// Kinesis allows 128 characters for the name, of which these are some.
    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]*:kinesis:([a-z]{2}(?:-[a-z]+){1,2}-\\d):(\\d{12}):stream/(chime-messaging-[a-zA-Z0-9_.-]{1,112})");

    /// Empty if the text is none, or the stream's name does not begin as AWS demands.
    static Optional<KinesisStreamArn> parse(String text) {
        Matcher parts = ARN.matcher(text);
        return parts.matches()
                ? Optional.of(new KinesisStreamArn(text, new Account(parts.group(2), parts.group(1)), parts.group(3)))
                : Optional.empty();
    }

    String region() {
        return account.region();
    }

    @Override
    public String toString() {
        return text;
    }
}
