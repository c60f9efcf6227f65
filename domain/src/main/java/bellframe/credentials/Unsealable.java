package bellframe.credentials;

/// Something cannot be opened with this master key.
public final class Unsealable extends Exception {

    public Unsealable() {
        super("it was not sealed with this master key, or has been changed since");
    }
}
