# Writes the made-up collections of this folder: python3 generate.py
import json,os,zlib,struct,hashlib
base=os.path.join(os.path.dirname(os.path.abspath(__file__)),'')
def w(p,b):
    p=base+p; os.makedirs(os.path.dirname(p),exist_ok=True)
    open(p,'wb').write(b if isinstance(b,bytes) else b.encode())
def png(r,g,b):
    raw=b''.join(b'\0'+bytes([r,g,b])*2 for _ in range(2))
    c=lambda t,d: struct.pack('>I',len(d))+t+d+struct.pack('>I',zlib.crc32(t+d))
    return b'\x89PNG\r\n\x1a\n'+c(b'IHDR',struct.pack('>IIBBBBB',2,2,8,2,0,0,0))+c(b'IDAT',zlib.compress(raw,9))+c(b'IEND',b'')
js=lambda d,i=2: json.dumps(d,indent=i,ensure_ascii=False)
A=lambda t,v,**k: {**k,'trait_type':t,'value':v}
# 1 HashLips
skin=['Moss','Clay','Ash']; lamp=['Oil','Candle']; 
alls=[]
for i in range(1,13):
    d={'name':f'Lantern Moths #{i}','description':'Moths that keep a light','image':f'ipfs://NewUriToReplace/{i}.png','dna':hashlib.sha1(b'm%d'%i).hexdigest(),'edition':i,'date':1650000000000+i*37,
       'attributes':[A('Wings',skin[i%3]),A('Light',lamp[i%2]),A('Dust',['Fine','Coarse','Fine','None'][i%4])],'compiler':'HashLips Art Engine'}
    w(f'hashlips/build/json/{i}.json',js(d)); w(f'hashlips/build/images/{i}.png',png(i*20,10,200-i*9)); alls.append(d)
w('hashlips/build/json/_metadata.json',js(alls))
# 2 nftchef: from 0, custom fields, jpeg-named images, a cid already there
for i in range(0,8):
    d={'name':f'Tin Owls #{i}','description':'Owls of tin','file_url':f'ipfs://cid/{i}.png','image':f'ipfs://cid/{i}.png',
       'custom_fields':{'dna':hashlib.sha1(b'o%d'%i).hexdigest(),'edition':i,'compiler':'art-engine'},
       'attributes':[A('Body',['Brass','Copper'][i%2])]+([A('Hair','Dark Long' if i%3 else 'Short')] if i!=5 else [])+[A('Aqua Power',[10,20,35.5,7][i%4],display_type='boost_number')]}
    w(f'nftchef/json/{i}.json',js(d)); w(f'nftchef/images/{i}.png',png(9,i*30,77))
# 3 OpenSea numbers
for i in range(100,110):
    d={'description':'Bears that count','external_url':f'https://example.com/{i}','image':f'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{i}.png','name':f'Counting Bear {i}','attributes':[
      A('Base',['Brown','Polar'][i%2]),A('Level',i-99),{'trait_type':'Stamina','value':[1.4,2.25,0.5][i%3]},{'trait_type':'Generation','value':2,'display_type':'number','max_value':9},
      {'display_type':'date','trait_type':'birthday','value':1546360800+86400*(i-100)},{'display_type':'boost_percentage','trait_type':'Stamina Increase','value':-5+i-100},
      A('Tame',i%3==0),A('Seed',[18446744073709551615,12345678901234567890][i%2])]}
    w(f'opensea/{i:05d}.json',js(d,1))
# 4 repeated types
acc=['Cap','Pipe','Ring','Scarf','Monocle']
for i in range(1,7):
    d={'name':f'Stone Face {i}','image':f'ipfs://bafkreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi','attributes':[A('type',['old','young'][i%2])]+[A('accessory',acc[(i+j)%5]) for j in range(i%4)]}
    w(f'repeated/{i}.json',json.dumps(d,separators=(',',':')))
# 5 left out
for i in range(1,11):
    at=[]
    if i%2: at.append(A('Hat',['Straw','Felt'][i%4//2]))
    if i%3==0: at.append(A('Scar','Left'))
    if i==10: at.append(A('Crown','Only one'))
    w(f'leftout/{i}.json',js({'name':f'Goat {i}','image':f'https://example.com/goats/{i}.png','attributes':at},4)+'\n')
# 6 zero-based, no extension, no names
for i in range(0,6):
    w(f'plain/{i}',json.dumps({'image':f'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{i}','attributes':[A('Fur',['Grey','Gold'][i%2]),A('Fur\u00e9'if i%2 else 'Fure\u0301',' spaced '),A('level',i if i%2 else 'max')]},ensure_ascii=False))
w('plain/README','made up\n')
# 7 nested and odd members
for i in range(1,6):
    w(f'nested/{i}.json',js({'name':f'Crate {i}','image':'','animation_url':'','properties':{'files':[{'uri':f'{i}.png','type':'image/png'}],'rank':{'overall':i}},'stats':[1,[2,[3]]],
     'attributes':[A('Wood',['Oak','Ash'][i%2]),{'trait_type':'Stack','value':[1,2]},{'trait_type':'Label','value':{'en':'x'}},{'trait_type':'Rank','value':i,'rank':i},{'value':'no type'},{'trait_type':'Nothing','value':None},'loose']}))
    w(f'nested/{i}.png',png(i,i,i))
# 8 non-JSON
for i in range(0,5):
    w(f'nonjson/{i}.txt', f'card {i}: a poem, {"x"*i}\n')
# 9 table with a template
w('table/cards.csv','\ufefftoken,name,Mood,Level,Awake,Note\r\n3,"Cloud ""C""",calm,3,TRUE,"a, b"\r\n1,Cloud A,wild,1,FALSE,\r\n2,Cloud B,calm,2.5,TRUE,=1+1\r\n')
w('table/template.json','{"name": "{name} #{id}", "level": {Level}, "image": "ipfs://REPLACE/{id}.png",\n "note": "in {{braces} {Note}", "attributes": {attributes}}\n')
w('table/cards.jsonl','{"id": 7, "name": "Rain", "Mood": "wet", "Level": 3}\n\n{"id": 8, "Mood": "wet", "Dry": false}\n')
w('hidden/claims.csv','\ufefftoken,licence,safety,consent,prompt\r\n1,CC0-1.0,0.97,TRUE,0x'+'ab'*32+'\r\n2,"CC-BY-4.0, by hand",0.9,FALSE,\r\n')
