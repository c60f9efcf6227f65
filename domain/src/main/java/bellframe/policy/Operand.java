package bellframe.policy;

/// One value of a condition, ready to be compared with what a request has for the condition's key.
sealed interface Operand permits Template, ArnTemplate, NumberBound, TimeBound, Truth, AddressRange {

    /// Whether a value of the request is what this asks for; one of another type is not.
    boolean matches(String value, PolicyContext context);
}
