/** Tests of what a newcomer does first: start the system, follow a recipe in a copy of the repository, and create and build a new project. */
@NullMarked
package io.orderly.onboarding;

import org.jspecify.annotations.NullMarked;
