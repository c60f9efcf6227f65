package bellframe.channels;

import bellframe.names.UserArn;

/// Where a user's role in a channel is found: the channel's incarnation, and the user.
record Place(String incarnation, UserArn user) {
}
