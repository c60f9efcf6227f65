package bellframe.server.config;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of bytes as people write them: `512`, `64KiB`, `1MiB`, `2GiB`.
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
    private static final int UNIT_SHIFT = 10;

    private ByteSize() {
    }

    static OptionalLong parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        int unit = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2));
        return OptionalLong.of(Long.parseLong(form.group(1)) << (UNIT_SHIFT * unit));
    }

    /// In the largest unit that loses nothing.
    static String format(long bytes) {
        int unit = 0;
        long count = bytes;
        while (unit < UNITS.size() - 1 && count != 0 && count % (1 << UNIT_SHIFT) == 0) {
            count >>= UNIT_SHIFT;
            unit++;
        }
        return count + UNITS.get(unit);
    }
}
