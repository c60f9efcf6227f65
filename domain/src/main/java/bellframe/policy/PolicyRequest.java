package bellframe.policy;

/// What somebody wants to do.
///
/// @param action such as `chime:SendChannelMessage`
/// @param resource the ARN of what it is done to, or `*` for an action that concerns no resource
public record PolicyRequest(String action, String resource, PolicyContext context) {
}
