package bellframe.streaming;

import bellframe.channels.Channel;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How far a replay has come: the channel that is next, and what of it is done.
///
/// @param privacy of the channels that are walked through
/// @param channel the cursor before the channel; null before the first one
/// @param incarnation of the channel, if something of it is done; empty otherwise
/// @param message the cursor behind what of it is done; null if nothing is
public record ReplayPoint(
        Channel.Privacy privacy,
        byte @Nullable [] channel,
        String incarnation,
        byte @Nullable [] message) {

    static final ReplayPoint START = of(Channel.Privacy.PUBLIC, null);

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern TEXT = Pattern.compile(
            "(PUBLIC|PRIVATE):((?:[0-9a-f]{2}){0,1000}):(?:(\\S{1,200}):([0-9a-f]{16}))?");

    static ReplayPoint of(Channel.Privacy privacy, byte @Nullable [] channel) {
        return new ReplayPoint(privacy, channel, "", null);
    }

    /// The same channel, with its messages done up to a cursor; null for none of them.
    ReplayPoint within(String incarnationDone, byte @Nullable [] within) {
        return within == null ? of(privacy, channel) : new ReplayPoint(privacy, channel, incarnationDone, within);
    }

    /// What [#toString] wrote; empty if it did not.
    public static Optional<ReplayPoint> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String channel = parts.group(2);
        ReplayPoint begin = of(Channel.Privacy.valueOf(parts.group(1)),
                channel.isEmpty() ? null : HEX.parseHex(channel));
        return Optional.of(parts.group(3) == null ? begin : begin.within(parts.group(3), HEX.parseHex(parts.group(4))));
    }

    /// One word, for whoever is to go on with it.
    @Override
    public String toString() {
        String begin = privacy + ":" + (channel == null ? "" : HEX.formatHex(channel)) + ":";
        return message == null ? begin : begin + incarnation + ":" + HEX.formatHex(message);
    }
}
