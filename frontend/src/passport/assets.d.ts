// Files that the build lays beside the scripts; the import gives the address.
declare module "*?url" {
  const address: string;
  export default address;
}
