/// JSON that is sent to receivers, and that they answer with.
///
/// Start with [JsonText] and [JsonValue]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.json;

import org.jspecify.annotations.NullMarked;
