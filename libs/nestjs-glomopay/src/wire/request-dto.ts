declare const instanceOfTheClass: unique symbol;

/**
 * What a request class extends whose plain input is a union. Its members are looser than the union,
 * because a body from outside can be anything, and the rules look at it when it is sent. Only an
 * instance of the class, or of one that is made of it, passes for it: a plain object whose members
 * exclude each other would, too, if the classes were told apart by their members alone.
 */
export abstract class RequestDto {
  declare readonly [instanceOfTheClass]: true;
}
