/// What every generated service shares: how an operation is described, read, checked and answered.
///
/// Start with [Operation]; [QueryOperation] is the same for services that speak forms and XML. Everything here is immutable or confined to one call, and runs on the thread of the request.
@NullMarked
package bellframe.api;

import org.jspecify.annotations.NullMarked;
