package bellframe.alerts;

/// Takes alerts on their way out. Best effort, as on AWS: an alert that cannot be delivered is counted and logged.
@FunctionalInterface
public interface Alerts {

    /// Returns at once, and never throws.
    void raise(Alert alert);
}
