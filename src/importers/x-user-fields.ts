/** What version 1.1 of the API, and the web page after it, says of an account besides its id: field -> DuckDB type. */
export const userFieldsV1 = {
  name: 'varchar',
  screen_name: 'varchar',
  created_at: 'varchar',
  description: 'varchar',
  followers_count: 'bigint',
  friends_count: 'bigint',
  statuses_count: 'bigint',
  favourites_count: 'bigint',
  listed_count: 'bigint',
  verified: 'boolean',
  default_profile: 'boolean',
  default_profile_image: 'boolean',
};
