/// The part of STS that Chime applications use: temporary credentials for roles and for those who have keys already.
///
/// Start with [bellframe.sts.AssumedRoles] for how they are got and with [bellframe.sts.KnownKeys] for how requests signed
/// with them are known again. Everything runs on the virtual thread of a request.
@NullMarked
package bellframe.sts;

import org.jspecify.annotations.NullMarked;
