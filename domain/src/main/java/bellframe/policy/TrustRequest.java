package bellframe.policy;

/// Somebody wants to assume a role.
///
/// @param action such as `sts:AssumeRole`
public record TrustRequest(String action, Caller caller, PolicyContext context) {
}
