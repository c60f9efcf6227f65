/// Sessions on the wire: the upgrade from HTTP, frames, heartbeats and the closing handshake.
///
/// Start with [WebSocketUpgrade], which makes a `WebSocketConnection` of each client's socket. Everything runs on the event
/// loop of the connection, except authentication and [bellframe.sessions.ConnectionListener#opened], which
/// run on a virtual thread.
@NullMarked
package bellframe.websocket;

import org.jspecify.annotations.NullMarked;
