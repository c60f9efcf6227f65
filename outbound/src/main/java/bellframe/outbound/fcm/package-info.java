/// Firebase Cloud Messaging, which reaches devices with Android.
///
/// Start with [FcmService]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.fcm;

import org.jspecify.annotations.NullMarked;
