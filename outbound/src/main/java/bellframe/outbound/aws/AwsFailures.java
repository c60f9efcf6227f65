package bellframe.outbound.aws;

import bellframe.outbound.calls.CallFailed;
import bellframe.outbound.calls.RetryAfter;
import bellframe.outbox.DeliveryFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/// Which failures pass, and which do not.
final class AwsFailures {

    private static final Logger log = LoggerFactory.getLogger(AwsFailures.class);

    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    /// Lambda answers them with 502, although nothing but a change of the function or its role helps.
    private static final Set<String> NEEDS_A_CHANGE = Set.of("KMSAccessDeniedException", "KMSDisabledException",
            "KMSInvalidStateException", "KMSNotFoundException", "EC2AccessDeniedException", "InvalidRuntimeException",
            "InvalidSecurityGroupIDException", "InvalidSubnetIDException", "InvalidZipFileException");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,100}");

    private AwsFailures() {
    }

    /// @param receiver what was called, for the reason
    static DeliveryFailed of(String receiver, RuntimeException problem, Instant now) {
        for (@Nullable
        Throwable at = problem; at != null; at = at.getCause()) {
            switch (at) {
                case CallFailed failed -> {
                    return failed.asDelivery();
                }
                case NoCredentials none -> {
                    return DeliveryFailed.permanentFailure(String.valueOf(none.getMessage()));
                }
                case AwsServiceException refused -> {
                    return refusal(receiver, refused, now);
                }
                case JsonProcessingException _ -> {
                    // It quotes the answer, which may be content, so it stays out of the log.
                    return DeliveryFailed
                            .transientFailure("the " + receiver + " answered something that cannot be read");
                }
                default -> {
                }
            }
        }
        log.warn("a call to the {} failed in the client", receiver, problem);
        return DeliveryFailed.transientFailure("the call to the " + receiver + " failed in the client");
    }

    private static DeliveryFailed refusal(String receiver, AwsServiceException refused, Instant now) {
        String code = code(refused.awsErrorDetails());
        int status = refused.statusCode();
        String reason = reason(receiver, status, code);
        Duration pause = retryAfter(refused.awsErrorDetails(), now);
        if (refused.isThrottlingException()) {
            return DeliveryFailed.throttled(reason, pause);
        }
        boolean passes = (status >= SERVER_ERROR && !NEEDS_A_CHANGE.contains(code)) || status == REQUEST_TIMEOUT;
        if (!passes) {
            return DeliveryFailed.permanentFailure(reason);
        }
        return pause == null
                ? DeliveryFailed.transientFailure(reason)
                : DeliveryFailed.throttled(reason, pause);
    }

    private static String reason(String receiver, int status, String code) {
        return switch (code) {
            case "ResourceNotFoundException" -> receiver + " not found";
            case "AccessDeniedException" -> "no access to the " + receiver;
            default -> status < BAD_REQUEST || code.isEmpty() ? receiver + " answered " + status : status + " " + code;
        };
    }

    /// Whatever stands in place of the code comes from the receiver, and might be content.
    private static String code(@Nullable AwsErrorDetails details) {
        String code = details == null ? null : details.errorCode();
        return code != null && CODE.matcher(code).matches() ? code : "";
    }

    private static @Nullable Duration retryAfter(@Nullable AwsErrorDetails details, Instant now) {
        return details == null || details.sdkHttpResponse() == null
                ? null
                : RetryAfter.parse(details.sdkHttpResponse().firstMatchingHeader(RetryAfter.HEADER).orElse(null), now);
    }
}
