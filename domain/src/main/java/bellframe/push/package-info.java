/// The devices of users, and the notifications that are pushed to them.
///
/// Start with [UserEndpoints], which run on the thread of the request, and [PushNotifications], which run on threads of the outbox
/// and some of their own, and call [PushServices].
@NullMarked
package bellframe.push;

import org.jspecify.annotations.NullMarked;
