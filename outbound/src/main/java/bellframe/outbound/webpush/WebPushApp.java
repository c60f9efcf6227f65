package bellframe.outbound.webpush;

import bellframe.outbound.calls.HostPatterns;
import java.util.Set;

/// An app in browsers, and who sends to it.
///
/// @param subject how push services reach whoever runs this server: a URI of `mailto` or `https`
/// @param hosts where browsers may have their endpoints; users say where theirs are, and the server calls nobody else for them
public record WebPushApp(VapidKeys keys, String subject, HostPatterns hosts) {

    /// The push services of Chrome and those built upon it, Firefox, Edge and Safari.
    public static final Set<String> BROWSER_HOSTS = Set.of("fcm.googleapis.com", "updates.push.services.mozilla.com",
            "*.notify.windows.com", "web.push.apple.com");
}
