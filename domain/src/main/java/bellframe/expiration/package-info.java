/// When channels and users are to be deleted by themselves.
///
/// [Expiration] is the setting, [Expirations] finds whom it concerns.
@NullMarked
package bellframe.expiration;

import org.jspecify.annotations.NullMarked;
