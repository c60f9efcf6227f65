package bellframe.api;

import org.jspecify.annotations.Nullable;

/// Who calls an operation and how: what the wire knows beyond the operation's input.
///
/// @param requestId what `x-amzn-RequestId` tells the client; repeated in each log line of the request
/// @param principalArn the AWS principal that signed the request; [#ANONYMOUS] where the operation takes no signature
/// @param accessKeyId the key it was signed with; null where the operation takes no signature
/// @param sessionToken what came with that key, if it is a temporary one
/// @param host the `Host` header: the name, and the port if it is not the default, under which the client reached us
/// @param sourceAddress the client's IP address
/// @param secure whether the request came through TLS
/// @param userAgent what the client calls itself, if it says
public record Call(
        String requestId,
        String principalArn,
        @Nullable String accessKeyId,
        @Nullable String sessionToken,
        String host,
        String sourceAddress,
        boolean secure,
        @Nullable String userAgent) {

    /// The principal of operations that take no signature.
    public static final String ANONYMOUS = "anonymous";

    /// Leaves out the token: whoever has it and the secret acts as the principal.
    @Override
    public String toString() {
        return "Call[" + requestId + " " + principalArn + "]";
    }
}
