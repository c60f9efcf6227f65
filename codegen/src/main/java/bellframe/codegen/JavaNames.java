package bellframe.codegen;

import java.util.Locale;
import javax.lang.model.SourceVersion;

/// How names of the model are written in Java.
final class JavaNames {

    private JavaNames() {
    }

    /// `ChannelArn` → `channelArn`, `ResourceARN` → `resourceARN`.
    static String component(String member) {
        String name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        if (SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException(member + " becomes a word that Java keeps for itself");
        }
        return name;
    }

    /// `statusType` → `StatusType`: some models begin the names of shapes with a small letter.
    static String type(String shape) {
        return shape.substring(0, 1).toUpperCase(Locale.ROOT) + shape.substring(1);
    }

    /// `ChannelMessage` → `CHANNEL_MESSAGE`; `APNS_SANDBOX` stays.
    static String constant(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_").toUpperCase(Locale.ROOT);
    }

    /// A Java string literal.
    static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
