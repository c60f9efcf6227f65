package bellframe.api;

/// A constant that has its own spelling on the wire.
public interface WireValue {

    String value();
}
