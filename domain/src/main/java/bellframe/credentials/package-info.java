/// Who signs a request: access keys and Signature Version 4.
///
/// Start with [Authenticator]. Runs on the thread of the request.
@NullMarked
package bellframe.credentials;

import org.jspecify.annotations.NullMarked;
