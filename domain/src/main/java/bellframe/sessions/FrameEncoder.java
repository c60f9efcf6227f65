package bellframe.sessions;

/// Makes a text frame from UTF-8 bytes.
@FunctionalInterface
public interface FrameEncoder {

    Frame encode(byte[] text);
}
