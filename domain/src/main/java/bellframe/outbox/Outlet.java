package bellframe.outbox;

/// Where an entry is to leave.
///
/// @param lane in whose order
/// @param receiver whom it is for, by the name that operators know: an ARN, a host
public record Outlet(LaneName lane, String receiver) {
}
