package bellframe.outbound.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ARN of a Lambda function, maybe of one version of it.
public record LambdaArn(String text, String region) {

    /// The shape `LambdaFunctionArn` of the API model.
    private static final Pattern ARN = Pattern.compile(
            "arn:aws:lambda:([a-z]{2}-[a-z]+-\\d):\\d{12}:function:[a-zA-Z0-9_.-]+(:(\\$LATEST|[a-zA-Z0-9_-]+))?");

    /// Empty if the text is none.
    public static Optional<LambdaArn> parse(String text) {
        Matcher parts = ARN.matcher(text);
        return parts.matches() ? Optional.of(new LambdaArn(text, parts.group(1))) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
