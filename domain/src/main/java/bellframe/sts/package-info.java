/// Who somebody is that comes with a token of an identity provider instead of an access key.
///
/// Start with [WebIdentities]. Runs on the thread of the request.
@NullMarked
package bellframe.sts;

import org.jspecify.annotations.NullMarked;
