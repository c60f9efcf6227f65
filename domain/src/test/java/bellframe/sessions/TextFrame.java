package bellframe.sessions;

import java.nio.charset.StandardCharsets;

/// A frame that can be read again; nobody counts who holds it.
record TextFrame(String text) implements Frame {

    static TextFrame encode(byte[] text) {
        return new TextFrame(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void retain() {
        // Held by the garbage collector.
    }

    @Override
    public void release() {
        // Held by the garbage collector.
    }
}
