import type { PlaceName } from './places.ts';

/** Given and family names that are found together; a name without family names stands alone. `ascii` writes what no letter rule can: the name in an address. */
type NamePool = { given: string[]; family: string[] };

const german: NamePool = {
  given: ['Anneke', 'Bastian', 'Björn', 'Carla', 'Dörte', 'Emil', 'Frieda', 'Götz', 'Heike', 'Ilse', 'Jörg', 'Käthe', 'Lennart', 'Maja', 'Nils', 'Ottilie', 'Piet', 'Rüdiger', 'Swantje', 'Tjark', 'Ute', 'Wiebke'],
  family: ['Brandtner', 'Krüger', 'Sommerfeld', 'Vogelsang', 'Weißmüller', 'Schöneberg', 'Lüttke', 'Hartwig', 'Mäurer', 'Petersen', 'Kröger', 'Zschiedrich', 'von Alten', 'Freytag-Loringhoven', 'Oßwald', 'Behrendt'],
};
const turkish: NamePool = {
  given: ['Aylin', 'Çağla', 'Emre', 'Gülşen', 'İpek', 'Kerem', 'Şirin', 'Tuğba'],
  family: ['Yıldız', 'Öztürk', 'Çelik', 'Şahin', 'Karaağaç', 'Doğan'],
};
const slavic: NamePool = {
  given: ['Agnieszka', 'Bożena', 'Dragan', 'Hanna', 'Jiří', 'Łucja', 'Mirela', 'Oksana', 'Tomáš', 'Zdeněk', 'Žofie', 'Stanisław'],
  family: ['Rudzka', 'Wójcik', 'Havel', 'Novotný', 'Łukasiewicz', 'Kovačević', 'Dvořák', 'Shevchenko', 'Brzęczyszczykiewicz', 'Živković'],
};
const portuguese: NamePool = {
  given: ['Aurélio', 'Beatriz', 'Conceição', 'Duarte', 'Inês', 'João', 'Leonor', 'Nélson', 'Rúben', 'Simão', 'Vânia', 'Zé'],
  family: ['Sequeira', 'Magalhães', 'Conceição Ramos', 'Gonçalves', 'Assunção', 'Vasconcelos', 'Simões', 'Araújo de Brito', 'Guimarães', 'Falcão'],
};
const indian: NamePool = {
  given: ['Ananya', 'Arjun', 'Arvind', 'Deepika', 'Farhan', 'Gurpreet', 'Ishaan', 'Kavya', 'Lakshmi', 'Meenakshi', 'Nikhil', 'Prakash', 'Rohan', 'Sushmita', 'Tanvi', 'Vivek'],
  family: ['Devaraj', 'Hegde', 'Kulkarni', 'Nambiar', 'Pillai', 'Subramanian', 'Venkataraghavan', 'Iyer', 'Chatterjee', 'Siddiqui', 'Gowda', 'Bhattacharya'],
};
const french: NamePool = {
  given: ['Aïcha', 'Benoît', 'Camille', 'Chloé', 'Étienne', 'François', 'Gaëlle', 'Hélène', 'Léo', 'Maxime', 'Noémie', 'Solène', 'Théo', 'Zoé'],
  family: ['Desrosiers', 'Dufresne', 'Lachance', 'Tremblay', 'Bélanger', 'Côté', 'Gagné', 'Saint-Onge', 'Lévesque', "L'Écuyer", 'Thériault'],
};
const english: NamePool = {
  given: ['Alistair', 'Bridget', 'Callum', 'Dermot', 'Eleanor', 'Fiona', 'Graham', 'Harriet', 'Niamh', 'Siobhán', 'Seán', 'Winifred'],
  family: ['Achterberg', 'Keane', "O'Sullivan", 'MacAllister', 'Whitcombe', 'Featherstonehaugh', 'Ó Briain', 'Llewellyn', 'Pemberton-Hughes', 'Ashdown'],
};
const chinese: NamePool = {
  given: ['秀英', '志强', '雨桐', '建国', '美玲', '子轩', '晓明', '思远'],
  family: ['王', '李', '张', '陈', '欧阳', '赵'],
};
const world: NamePool = {
  given: ['Amara', 'Bao', 'Chinedu', 'Fatoumata', 'Gintarė', 'Hoa', 'Jürgen', 'Kwame', 'Lê', 'Mei-Ling', 'Noor', 'Ólafur', 'Pınar', 'Quýnh', 'Søren', 'Thandiwe', 'Ulla-Maija', 'Yuki', 'Zainab', 'Ærin'],
  family: ['Nwosu', 'Benali', 'Okonkwo', 'Mokoena', 'Petrauskaitė', 'Haddad', 'Tanabe', 'Nguyễn', 'Þorsteinsson', 'Østergård', 'Åkesson', 'Hämäläinen', 'Arvidsson', 'Al-Masri', 'de la Peña y Villalobos', 'van den Heuvel'],
};

/** People who have one name only. */
export const singleNames = ['Wulandari', 'Thant', 'Suharti', 'Mangal', 'Zaw', 'Sukarno'];

/** How the Han names of the pool are written in an address. */
export const romanised: Record<string, string> = {
  秀英: 'xiuying', 志强: 'zhiqiang', 雨桐: 'yutong', 建国: 'jianguo', 美玲: 'meiling', 子轩: 'zixuan', 晓明: 'xiaoming', 思远: 'siyuan',
  王: 'wang', 李: 'li', 张: 'zhang', 陈: 'chen', 欧阳: 'ouyang', 赵: 'zhao',
};

const everywhere = [slavic, world, english, chinese, turkish];
/** The pools of a place, the most frequent first. */
export const namePools: Record<PlaceName, NamePool[]> = {
  Berlin: [german, german, turkish, slavic, world, ...everywhere],
  Hamburg: [german, german, slavic, world, chinese],
  Porto: [portuguese, portuguese, portuguese, world],
  Bengaluru: [indian, indian, indian, indian, english],
  Montréal: [french, french, french, world, chinese],
  Toronto: [english, english, chinese, indian, world, french],
};
