/// HTTP on the wire: connections, routing from the operation table, and errors as responses.
///
/// Start with [HttpServer]; `ConnectionPipeline` shows a connection's handlers in order and `Dispatcher` the steps of a
/// request. Handlers run on the event loop of their connection and never block; `Dispatcher` runs on a virtual
/// thread of its own for every request.
@NullMarked
package bellframe.http;

import org.jspecify.annotations.NullMarked;
