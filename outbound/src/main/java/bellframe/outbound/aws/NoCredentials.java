package bellframe.outbound.aws;

import org.jspecify.annotations.Nullable;

/// There is nothing to sign calls with.
final class NoCredentials extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoCredentials(@Nullable Throwable cause) {
        super("no AWS credentials were found", cause);
    }
}
