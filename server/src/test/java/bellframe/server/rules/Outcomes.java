package bellframe.server.rules;

import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What calls come to, a letter each.
final class Outcomes {

    private Outcomes() {
    }

    /// `Y` for success, `U`, `N`, `F`, `C`, `B` for the errors that [RoleMatrix] and [Rules] know, `?` for any other.
    static char of(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        return switch (thrown) {
            case null -> 'Y';
            case AwsServiceException refusal -> letter(refusal.awsErrorDetails().errorCode());
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            default -> throw new IllegalStateException(thrown);
        };
    }

    private static char letter(String error) {
        return switch (error) {
            case "UnauthorizedClientException" -> 'U';
            case "ForbiddenException" -> 'N';
            case "NotFoundException" -> 'F';
            case "ConflictException" -> 'C';
            case "BadRequestException" -> 'B';
            default -> '?';
        };
    }
}
