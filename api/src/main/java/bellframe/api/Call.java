package bellframe.api;

/// Who calls an operation and how: what the wire knows beyond the operation's input.
///
/// @param requestId what `x-amzn-RequestId` tells the client; repeated in each log line of the request
/// @param principalArn the AWS principal that signed the request
/// @param host the `Host` header: the name, and the port if it is not the default, under which the client reached us
public record Call(String requestId, String principalArn, String host) {
}
