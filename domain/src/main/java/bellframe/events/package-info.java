/// What happened in a channel, told in commit order to whoever listens.
///
/// Start with [ChannelEvent]; [EventDispatcher] carries events from the thread that commits to the listeners, on
/// one thread of its own. Listeners sit above: nothing here knows who they are.
@NullMarked
package bellframe.events;

import org.jspecify.annotations.NullMarked;
